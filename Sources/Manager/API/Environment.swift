extension APIMethod {
    static let environmentMethods = [
        APIMethod("environment_open", parameters: ["lock_key"], locked: .environment) { manager, _ in
            try manager.transition { try $0.openEnvironment() }
            return .done
        },
        APIMethod("environment_close", parameters: ["lock_key"], locked: .environment) { manager, _ in
            try manager.transition { try $0.closeEnvironment() }
            return .done
        },
        APIMethod("environment_destroy", parameters: ["lock_key"], locked: .environment) { manager, _ in
            try manager.transition { try $0.destroyEnvironment() }
            return .done
        },
    ]
}
