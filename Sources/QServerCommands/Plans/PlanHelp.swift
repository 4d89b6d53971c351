/// What the help of all commands that take a plan says about it.
enum PlanHelp {
    static let plan = """
        The plan: its name and its values one by one (count det1,det2 num=5), or JSON or a Python literal: \
        "{'name': 'count', 'args': [['det1']], 'kwargs': {'num': 5}}".
        """

    static let discussion = """
        Values without a name are in the order of the plan's parameters, further ones are named: num=5. Commas make a \
        list: det1,det2. 'qserver allowed plans' lists the plans, 'qserver allowed plans <name>' explains one.
        """

    static let position = """
        The position is front, back (the default), a number counted from 0, a negative number counted from the back, \
        before <uid> or after <uid>. The first characters of a UID are enough.
        """
}
