internal import Glibc
internal import QServerCommands

exit(await Program.qserver.run(CommandLine.arguments.dropFirst().map { $0 }))
