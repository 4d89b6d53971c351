import QueueClient
import TerminalKit
import Testing
import Wire

@testable import QServerCommands

@Suite struct TableTests {
    private func table() -> Table {
        var table = Table([
            .init(title: "#", isNumber: true), .init(title: "Text", minimum: 6), .init(title: "UID", short: shortUID),
        ])
        table.append(["9", "a", "01234567-89ab"])
        table.append(["10", "a long sentence", ""])
        return table
    }

    @Test func `columns are as wide as their cells, numbers stand right, no line ends in spaces`() {
        #expect(
            table().text(on: Display(width: 80)) == """
                 #  Text             UID
                 9  a                01234567-89ab
                10  a long sentence
                """
        )
    }

    @Test func `without a terminal nothing is cut, unless COLUMNS says how wide lines are`() {
        #expect(Terminal.width(measured: nil, isTerminal: false, columns: nil) == Display.unlimited)
        #expect(Terminal.width(measured: nil, isTerminal: false, columns: "120") == 120)
        #expect(Terminal.width(measured: nil, isTerminal: false, columns: "0") == Display.unlimited)
        #expect(Terminal.width(measured: nil, isTerminal: true, columns: nil) == 80)
        #expect(Terminal.width(measured: 60, isTerminal: true, columns: "120") == 60)
        var long = table()
        long.append(["11", Table.Cell(String(repeating: "beam ", count: 100)), "01234567-89ab"])
        let lines = long.text(on: Display(width: Display.unlimited)).split(separator: "\n")
        #expect(lines.last?.hasSuffix("beam   01234567-89ab") == true)
        var rows = Rows()
        rows.append("Message", String(repeating: "beam ", count: 100) + "off")
        #expect(rows.text(on: Display(width: Display.unlimited)).hasSuffix("beam off"))
        #expect(!rows.text(on: Display(width: Display.unlimited)).contains("\n"))
    }

    @Test func `identifiers shorten first`() {
        #expect(
            table().text(on: Display(width: 30)) == """
                 #  Text             UID
                 9  a                01234567
                10  a long sentence
                """
        )
    }

    @Test func `then texts are cut`() {
        #expect(
            table().text(on: Display(width: 20)) == """
                 #  Text    UID
                 9  a       01234567
                10  a lon…
                """
        )
    }

    @Test func `a table that cannot be narrowed further stays too wide`() {
        #expect(table().text(on: Display(width: 1)) == table().text(on: Display(width: 20)))
    }

    @Test func `wide characters count as two columns`() {
        var table = Table([.init(title: "Note", minimum: 4), .init(title: "B")])
        table.append(["試料の温度", "x"])
        table.append(["é", "y"])
        #expect(table.text(on: Display()) == "Note        B\n試料の温度  x\né           y")
        #expect(table.text(on: Display(width: 10)) == "Note     B\n試料の…  x\né        y")
    }

    @Test func `no cell can change the terminal or break its line`() {
        var table = Table([.init(title: "A")])
        table.append([Table.Cell("x\u{1B}[31m\ny\u{9B}z")])
        #expect(table.text(on: Display()) == "A\nx [31m y z")
    }

    @Test func `styles are used only where they may be`() {
        var table = Table([.init(title: "A"), .init(title: "B")])
        table.append([Table.Cell("x", .red), "y"])
        #expect(
            table.text(on: Display(usesColor: true))
                == "\u{1B}[1mA\u{1B}[0m  \u{1B}[1mB\u{1B}[0m\n\u{1B}[31mx\u{1B}[0m  y"
        )
    }

    @Test(arguments: [
        (0.0, "0.0 s"), (0.254, "0.25 s"), (12.34, "12.3 s"), (245, "4 min 05 s"), (7500, "2 h 05 min"), (-1, "?"),
        (.nan, "?"), (.infinity, "?"),
    ])
    func `durations are in the unit that fits`(seconds: Double, text: String) {
        #expect(Clock.duration(seconds) == text)
    }
}
