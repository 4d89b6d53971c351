"""Running startup code and scripts."""

import os
import sys
import tempfile
import textwrap
import unittest

import support  # noqa: F401

from re_worker.ipython import get_ipython
from re_worker.startup import CodeFailure, StartupCode, run_script


class StartupTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.namespace = {}

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(textwrap.dedent(text))
        return path

    def run_folder(self):
        StartupCode(self.folder, None, None).run(self.namespace)

    def test_files_run_in_the_order_of_their_names_in_one_namespace(self):
        self.write("10-b.py", "order.append(__file__[-7:])")
        self.write("00-a.py", "order = [__name__]")
        self.write("20-c.ipy", "order.append('ipy')")
        self.write("notes.txt", "no code")
        self.run_folder()
        self.assertEqual(self.namespace["order"], ["__main__", "10-b.py", "ipy"])
        self.assertNotIn("__file__", self.namespace)

    def test_a_folder_without_code_is_an_error(self):
        with self.assertRaisesRegex(OSError, "contains no startup files"):
            self.run_folder()

    def test_code_may_import_what_is_beside_it(self):
        self.write("beside_folder.py", "value = 5")
        self.write("zz.py", "import beside_folder\nfound = beside_folder.value")
        self.run_folder()
        self.assertEqual(self.namespace["found"], 5)
        self.assertNotIn(self.folder, sys.path)

    def test_modules_beside_a_script_are_imported_anew_by_the_next(self):
        path = self.write("start.py", "import beside_script\nfound = beside_script.value")
        self.write("beside_script.py", "value = 1")
        StartupCode(None, path, None).run(self.namespace)
        self.write("beside_script.py", "value = 22")
        run_script("import beside_script\nfound += beside_script.value", self.folder, self.namespace)
        self.assertEqual(self.namespace["found"], 23)

    def test_a_failure_tells_file_and_line_and_nothing_of_the_worker(self):
        self.write("00-a.py", "def broken():\n    return 1 / 0\n\nbroken()\n")
        with self.assertRaises(CodeFailure) as caught:
            self.run_folder()
        trace = caught.exception.traceback
        self.assertIn('00-a.py", line 4', trace)
        self.assertIn("ZeroDivisionError", trace)
        self.assertNotIn("startup.py", trace)
        self.assertIn("00-a.py': division by zero", str(caught.exception))

    def test_syntax_errors_exits_and_questions_are_failures_too_and_say_what_is_wrong(self):
        for code, message in (
            ("def :", "invalid syntax (00-a.py, line 1)"),
            ("raise SystemExit", "the code has called sys.exit()"),
            ("import sys; sys.exit('no beam')", "the code has called sys.exit('no beam')"),
            ("raise KeyboardInterrupt", "KeyboardInterrupt"),
            ("raise EOFError('EOF when reading a line')", "there is no keyboard here"),
            ("get_ipython().run_line_magic('matplotlib', 'qt')", "magic commands do not work"),
        ):
            self.write("00-a.py", "from IPython import get_ipython\n" * ("get_ip" in code) + code)
            with self.assertRaises(CodeFailure, msg=code) as caught:
                self.run_folder()
            self.assertIn(message, str(caught.exception))
            self.assertNotIn("re_worker/startup.py", caught.exception.traceback)
            self.assertNotIn("ast.py", caught.exception.traceback)

    def test_get_ipython_is_that_of_the_worker(self):
        get_ipython().user_ns = self.namespace
        self.write("00-a.py", "from IPython import get_ipython as shell\nnames = shell().user_ns")
        self.run_folder()
        self.assertIs(self.namespace["names"], self.namespace)

    def test_annotations_are_those_of_the_code(self):
        self.write("00-a.py", "def plan(a: int): yield")
        self.run_folder()
        self.assertIs(self.namespace["plan"].__annotations__["a"], int)

    def test_a_module_fills_the_namespace(self):
        StartupCode(None, None, "sample_plans").run(self.namespace)
        self.assertIn("documented", self.namespace)
        with self.assertRaisesRegex(CodeFailure, "no_such_module_here"):
            StartupCode(None, None, "no_such_module_here").run(self.namespace)

    def test_what_a_failed_script_did_remains(self):
        with self.assertRaisesRegex(CodeFailure, "Failed to execute stript: oh"):
            run_script("a = 1\nraise ValueError('oh')", None, self.namespace)
        self.assertEqual(self.namespace["a"], 1)


if __name__ == "__main__":
    unittest.main()
