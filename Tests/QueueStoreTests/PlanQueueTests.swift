import QueueStore
import Testing
import Wire

private func item(_ name: String) -> QueueItem {
    QueueItem(uid: "uid-" + name, members: ["name": .string(name), "item_type": "plan"])
}

private func names(_ queue: PlanQueue) -> String { queue.items.map(\.name).joined() }

/// A queue of one-letter items.
private func queue(_ letters: String) -> PlanQueue {
    var queue = PlanQueue()
    queue.apply(queue.inserting(letters.map { item(String($0)) }, at: 0))
    return queue
}

@Suite struct PlanQueueTests {
    @Test(arguments: [(0, "Xabc"), (1, "aXbc"), (3, "abcX")])
    func `an item goes before the item at its index`(index: Int, expected: String) {
        var queue = queue("abc")
        queue.apply(queue.inserting([item("X")], at: index))
        #expect(names(queue) == expected)
    }

    @Test(arguments: [("a", 3, "bca"), ("c", 0, "cab"), ("b", 3, "acb")])
    func `a moved item keeps its identity`(name: String, index: Int, expected: String) {
        var queue = queue("abc")
        queue.apply(queue.moving(["uid-" + name], to: index))
        #expect(names(queue) == expected)
        #expect(queue[uid: "uid-" + name]?.name == name)
    }

    @Test func `a replaced item keeps its place`() {
        var queue = queue("abc")
        queue.apply([.replace(uid: "uid-b", with: item("X"))])
        #expect(names(queue) == "aXc")
        #expect(queue[uid: "uid-b"] == nil)
        #expect(queue.index(of: "uid-X") == 1)
    }

    @Test func `items fit between two others without end`() {
        var queue = queue("ab")
        for number in 0..<2_000 {
            queue.apply(queue.inserting([QueueItem(uid: "\(number)", members: ["name": "x"])], at: 1))
        }
        #expect(queue.count == 2_002)
        #expect(queue[0].name == "a")
        #expect(queue[1].uid == "1999")
        #expect(queue[2_000].uid == "0")
        #expect(queue[2_001].name == "b")
    }

    @Test func `a place where room runs out costs new ranks for few items, however long the queue is`() {
        var queue = PlanQueue()
        queue.apply(queue.inserting((0..<20_000).map { QueueItem(uid: "\($0)", members: [:]) }, at: 0))
        var written = 0
        for number in 0..<1_000 {
            let changes = queue.inserting([QueueItem(uid: "new \(number)", members: [:])], at: 10_000)
            #expect(changes.count < 2_000)
            written += changes.count
            queue.apply(changes)
        }
        #expect(written < 20_000)
        for number in 0..<1_000 {
            let uid = number % 2 == 0 ? "3" : "19000"
            let changes = queue.moving([uid], to: 5_000)
            written += changes.count
            queue.apply(changes)
            #expect(queue[4_999].uid == uid || queue[5_000].uid == uid)
        }
        #expect(written < 40_000)
        #expect(queue.count == 21_000)
        #expect((0..<21_000).allSatisfy { queue.index(of: queue[$0].uid) == $0 })
    }

    @Test(arguments: [0, 2_000])
    func `random changes agree with a plain array`(initialCount: Int) {
        var random = SystemRandomNumberGenerator()
        var queue = PlanQueue()
        var model = (0..<initialCount).map { "initial \($0)" }
        queue.apply(queue.inserting(model.map { QueueItem(uid: $0, members: [:]) }, at: 0))
        for number in 0..<3_000 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<5:
                let index = Int.random(in: 0...model.count, using: &random)
                queue.apply(queue.inserting([QueueItem(uid: "\(number)", members: [:])], at: index))
                model.insert("\(number)", at: index)
            case 5..<8 where !model.isEmpty:
                let source = Int.random(in: 0..<model.count, using: &random)
                let target = Int.random(in: 0...model.count, using: &random)
                if target == source || target == source + 1 { continue }
                queue.apply(queue.moving([model[source]], to: target))
                let uid = model.remove(at: source)
                model.insert(uid, at: target > source ? target - 1 : target)
            case 8 where !model.isEmpty:
                let uid = model.remove(at: Int.random(in: 0..<model.count, using: &random))
                queue.apply([.remove(uid: uid)])
            default: break
            }
            #expect(queue.count == model.count)
        }
        #expect(queue.items.map(\.uid) == model)
        #expect(model.indices.map { queue[$0].uid } == model)
        for (index, uid) in model.enumerated() { #expect(queue.index(of: uid) == index) }
    }
}
