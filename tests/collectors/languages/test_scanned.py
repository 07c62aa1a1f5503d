from __future__ import annotations

import pytest

from collectors.languages.comments import comments, masked
from tests.examples import table

# Literals that hold quotes, comment signs or code of their own: only "yes" stands in comments.
CASES = {
    "java": ["char c = '\"'; // yes", '"""\n a " // no\n \\""" // no\n"""; // yes'],
    "cpp": [
        'R"x(" // no)" )x"; /* yes */',
        "int x = 1'000; char c = u8'\"'; // yes",
        "#error it's // yes",
        "#define Q '\"' // yes",
    ],
    "csharp": [
        '$"{x["// no"]}"; // yes',
        '"""" """ // no """"; // yes',
        '$@"{x} "" // no"; // yes',
        '$$"""{{x}} " // no"""; // yes',
        '$"{(a ? "x" : "/* no")} {{"; // yes',
        "#region it's /* no\n// yes",
    ],
    "kotlin": [
        '""" " // no """ // yes',
        '"""a\\""" // yes',
        '"${f("/* no")}" // yes',
        '"${ /* yes */ "}" }" // yes',
        "/* yes /* yes */ yes */ fun `a // no`() // yes",
        '""""a"""" // yes',
    ],
    "php": [
        "<?php $a = <<<'EOT'\n\" # no\nEOT;\n# yes",
        '<?php $a = "{$b["/* no"]} ?> // no"; // yes',
        "<?php $a = `ls // no`; // yes ?> // no",
        "<?php /* yes ?> yes */ // yes",
    ],
    "scala": [
        's"${f("/* no")}" // yes',
        '"""a\\" // no""" // yes',
        's"""${a("x")} " // no""" /* yes /* yes */ yes */',
    ],
    "perl": [
        "my $n = $#a; my $m = $#{$b}; # yes",
        "s/# no/{# no}/g; tr{# no}{b}; m,# no,s; # yes",
        "s {# no {x}} [# no]x; # yes",
        "my $x = q#no#; my $y = qw(# no); # yes",
        "f(<<A, <<'B'); # yes\n# no '\nA\n# no\nB\n# yes",
        "my $x = <<~A;\n  # no\n  A\n# yes",
        "my $r = $a / 2; # yes / 3",
        "split /# no/, shift // '# no'; # yes",
        "my %h = (s => 1, y => 2); $h{m}; sub q { $x->s } # yes",
        "=head1 yes\n\nyes it's\n\n=cut\n\nf(); # yes",
        "f(); # yes\n__END__\n# no\n\n=head1 yes\n",
    ],
    "rust": ['br#"" // no"#; let c = b\'"\'; // yes', 'cr"\\"; // yes'],
}


@pytest.mark.parametrize(
    ("language", "code"), [(language, code) for language in CASES for code in CASES[language]]
)
def test_a_literal_hides_no_comment(language: str, code: str) -> None:
    rest = masked(code + "\n", comments(code + "\n", language))
    assert "yes" not in rest
    assert rest.count("no") == code.count("no")


PIECES = ['"', '"""', '$"{', '"${', '<?php "{$', "<<<A\n", "/*", "`", "{", "s{", "<<A;\n"]


@pytest.mark.parametrize("language", ["csharp", "kotlin", "perl", "php", "scala"])
@pytest.mark.parametrize("piece", table(PIECES, {1, 4, 9}))
def test_long_texts_take_no_longer(language: str, piece: str) -> None:
    comments(piece * 30_000, language)
    comments("<?php " + piece * 30_000, language)
