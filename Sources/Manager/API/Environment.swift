extension APIMethod {
    static let environmentMethods = [
        APIMethod("environment_open", right: .run, parameters: ["lock_key"], locked: .environment) { manager, _ in
            try manager.transition { try $0.openEnvironment() }
            return .done
        },
        APIMethod("environment_close", right: .run, parameters: ["lock_key"], locked: .environment) { manager, _ in
            try manager.transition { try $0.closeEnvironment() }
            return .done
        },
        APIMethod("environment_destroy", right: .run, parameters: ["lock_key"], locked: .environment) { manager, _ in
            try manager.transition { try $0.destroyEnvironment() }
            return .done
        },
    ]
}
