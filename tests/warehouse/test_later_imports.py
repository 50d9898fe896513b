"""What a library imports and nobody uses is imported when somebody does, and answers as if it had been there always."""

import subprocess
import sys


def said(program: str) -> list[str]:
    """Return the lines that a fresh process with this program says."""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return ran.stdout.splitlines()


def test_great_expectations_comes_without_the_libraries_that_no_check_of_ours_uses() -> None:
    lines = said(
        "import sys\n"
        "from warehouse.quality.expectations import _frames\n"
        "_frames()\n"
        "print([name for name in ('altair', 'scipy.stats', 'boto3', 'botocore') if name in sys.modules])\n"
        "import boto3\n"
        "print(boto3.client.__name__)\n"
    )

    assert lines == ["[]", "client"]


def test_whoever_uses_what_was_put_off_gets_the_module_itself() -> None:
    lines = said(
        "import sys\n"
        "from warehouse.quality.later_imports import imported_later\n"
        "with imported_later('scipy.stats', 'colorsys'):\n"
        "    from scipy import stats\n"
        "    import colorsys as put_off\n"
        "print('scipy.stats' in sys.modules, 'colorsys' in sys.modules)\n"
        "print(round(float(stats.entropy([0.5, 0.5])), 3), put_off.rgb_to_hsv(0, 0, 0)[2])\n"
        "import scipy.stats, colorsys\n"
        "print(stats.entropy is scipy.stats.entropy, put_off.rgb_to_hsv is colorsys.rgb_to_hsv)\n"
    )

    assert lines == ["False False", "0.693 0", "True True"]


def test_a_module_that_is_used_while_it_is_put_off_is_imported_then_and_one_that_is_there_stays() -> None:
    lines = said(
        "import sys, json\n"
        "from warehouse.quality.later_imports import imported_later\n"
        "with imported_later('xml.dom', 'json'):\n"
        "    import json as the_same\n"
        "    import xml.dom.minidom\n"
        "print(the_same is json, xml.dom.minidom.parseString('<a/>').documentElement.tagName)\n"
        "print(sys.modules['xml.dom'].__file__.endswith('__init__.py'))\n"
    )

    assert lines == ["True a", "True"]


def test_what_is_left_out_is_not_installed_to_whoever_asks_then_and_what_is_there_stays() -> None:
    lines = said(
        "import json\n"
        "from warehouse.quality.later_imports import left_out\n"
        "with left_out('colorsys', 'json'):\n"
        "    import json as the_same\n"
        "    try:\n"
        "        import colorsys\n"
        "    except ImportError:\n"
        "        print('not installed')\n"
        "import colorsys\n"
        "print(the_same is json, colorsys.rgb_to_hsv(0, 0, 0)[2])\n"
    )

    assert lines == ["not installed", "True 0"]
