import Logging
import QueueStore
import SupervisorLink
import Wire
import WorkerLink

extension Manager {
    /// Applies permissions that a client sent, and keeps them.
    func setPermissions(_ permissions: JSONValue) throws(Refusal) {
        var changed = lists
        guard try changed.setPermissions(permissions) else {
            statusChanged()
            return
        }
        try commit([.set(.permissions, .object(changed.permissions))])
        lists = changed
        uids.plansAllowed = UID.make()
        uids.devicesAllowed = UID.make()
        tellWorkerPermissions()
    }

    /// Makes the lists anew, after reading what they are made of from the profile again.
    ///
    /// - Parameters:
    ///   - fromDisk: Whether the permissions are read.
    ///   - lists: Whether the existing plans and devices are read.
    func reloadPermissions(fromDisk: Bool, lists readsLists: Bool) throws(Refusal) {
        if fromDisk {
            guard settings.permissionsReload != .never else {
                throw .request(
                    "Restoring user group permissions from disk is not allowed: "
                        + "RE Manager was started with option user_group_permissions_reload='NEVER'"
                )
            }
            if lists.readPermissions() { try commit([.set(.permissions, .object(lists.permissions))]) }
        }
        if readsLists {
            lists.readExistingLists()
            uids.plansExisting = UID.make()
            uids.devicesExisting = UID.make()
        }
        uids.plansAllowed = UID.make()
        uids.devicesAllowed = UID.make()
        tellWorkerPermissions()
        statusChanged()
    }

    /// In the reference the worker takes over permissions in a task of its own, so clients see that a task has ended.
    private func tellWorkerPermissions() {
        guard send(.permissions(lists.permissions)) != 0 else { return }
        uids.taskResults = UID.make()
        statusChanged()
    }

    /// Replaces the lock, durably.
    func setLock(_ lock: AccessLock) throws(Refusal) {
        try commit([.set(.lock, lock.stored(hidesKey: store is SQLiteStore))])
        self.lock = lock
        statusChanged()
    }
}
