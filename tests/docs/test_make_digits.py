"""The file of digits is what the script makes of scikit-learn's own."""

import lzma

from docs.make_digits import TARGET, packed


def test_the_file_in_the_repository_is_the_script_s() -> None:
    assert lzma.decompress(TARGET.read_bytes()) == packed()
