"""A small finished document with every kind of node, already numbered and resolved, for tests of the writers."""

from contract_assembly.document import tree as d


def t(*words: "str | d.Inline") -> tuple[d.Inline, ...]:
    return tuple(d.Text(each) if isinstance(each, str) else each for each in words)


def p(*words: "str | d.Inline") -> d.Paragraph:
    return d.Paragraph(t(*words))


def v(text: str, key: str = "some.fact") -> d.Value:
    return d.Value(text, key)


def item(number: str, *blocks: d.Block) -> d.Item:
    return d.Item(blocks, number)


def cells(*texts: "str | d.Inline") -> tuple[d.Cell, ...]:
    return tuple(d.Cell(t(each)) for each in texts)


def sample() -> d.Document:
    meta = d.Meta(
        title="Support Agreement",
        subject="Acme *Instruments* & Sons",
        author="Northlight IT Services LLC",
        language="en-US",
        head="Support Agreement · Acme Instruments",
        footer="NL-2026-0042 · version 1",
        inputs="agreements/acme/2026-support",
        paper="letter",
    )
    key_terms = d.Table(
        aligns=("left", "left"),
        head=(),
        rows=(
            cells("Client", v("Acme *Instruments* & Sons", "client.name")),
            cells("First day", v("October\u00a01, 2026", "term.first_day")),
        ),
        caption=t("Key terms"),
    )
    renewal = d.Box(
        (p(d.Strong(t("This Agreement renews by itself.")), " The last day to decline is ", v("July 30, 2027"), "."),)
    )
    signatures = d.Signatures(
        lead=t("Each party signs through a person with authority."),
        signatories=(
            d.Signatory("Provider", v("Northlight IT Services LLC"), v("Dana Whitfield"), v("Managing Member")),
            d.Signatory("Client", v("Acme *Instruments* & Sons"), v("Robert Okafor"), v("Chief Operating Officer")),
        ),
    )
    cover = d.Part(
        "cover",
        "cover",
        t("Support Agreement"),
        (
            d.Section(
                "cover-parties",
                1,
                t("The parties"),
                (p("Between ", v("Northlight IT Services LLC"), " and ", v("Acme *Instruments* & Sons"), "."),),
                "cover-parties",
            ),
            d.Section("cover-key-terms", 1, t("Key terms"), (key_terms, renewal), "cover-key-terms"),
            d.Section("cover-signatures", 1, t("Signatures"), (signatures,), "cover-signatures"),
        ),
    )
    services = d.Section(
        "services",
        1,
        t("Services"),
        (
            d.Section(
                "services-scope",
                2,
                t("Scope"),
                (
                    p("The Provider shall supply the Services. They are:"),
                    d.Items(
                        (
                            item(
                                "(a)",
                                p("on-going maintenance, that is:"),
                                d.Items((item("(i)", p("updates; and")), item("(ii)", p("backup checks;")))),
                            ),
                            item("(b)", p("emergency support; and")),
                            item("(c)", p(d.Emphasis(t("long-term")), " planning.")),
                        )
                    ),
                ),
                "services",
                "1.1",
            ),
            d.Section(
                "services-limits",
                2,
                t("Limits"),
                (
                    p(
                        "Section\u00a0",
                        d.Reference("fees", "2 (Fees)"),
                        " and ",
                        d.Reference("schedule-fees", "Schedule\u00a0A (Fees)"),
                        " say what is charged. It isn’t “free”.",
                    ),
                ),
                "services",
                "1.2",
            ),
            d.Section(
                "services-more",
                2,
                (),
                (p("A subsection without a caption.", d.Break(), "Second line."), p("A second paragraph of it.")),
                "services",
                "1.3",
            ),
        ),
        "services",
        "1",
    )
    fees = d.Section(
        "fees",
        1,
        t("Fees"),
        (
            p(
                d.Definition("Fees"),
                " means the amounts in ",
                d.Reference("schedule-fees", "Schedule\u00a0A (Fees)"),
                ", 5 < 6 & 7 > 6.",
            ),
            p(d.Definition("Client"), " means ", v("<b>Acme</b> | {x} # `y` _z_ 1. \\ [a](b)"), "."),
        ),
        "fees",
        "2",
    )
    terms = d.Part("terms", "terms", t("Standard terms"), (services, fees))
    fee_table = d.Table(
        aligns=("left", "right", "right"),
        head=cells("Item", "Quantity", "Monthly fee (USD)"),
        rows=(
            cells(v("Support | per user"), v("34"), v("1,972.00")),
            cells("Servers", v("4"), v("380.00")),
            cells("Total a month", "", v("2,352.00")),
        ),
        caption=t("Monthly fees"),
        total=True,
    )
    schedule = d.Part(
        "schedule",
        "schedule-fees",
        t("Fees"),
        (
            d.Section(
                "fees-recurring",
                1,
                t("Recurring fees"),
                (
                    d.Section("", 2, (), (p("The Client shall pay these fees:"), fee_table), "fees-recurring", "1.1"),
                    d.Section(
                        "fees-due",
                        2,
                        t("Due day"),
                        (p("Each fee is due within ", v("30\u00a0days"), "."),),
                        "fees-recurring",
                        "1.2",
                    ),
                ),
                "fees-recurring",
                "1",
            ),
            d.Section("fees-other", 1, t("Other charges"), (p("None."),), "fees-other", "2"),
        ),
        "A",
    )
    second = d.Part(
        "schedule",
        "schedule-contacts",
        t("Contacts"),
        (
            d.Section(
                "contacts",
                1,
                t("Contacts"),
                (
                    d.Section(
                        "",
                        2,
                        (),
                        (p("The contacts are:"), d.Items((item("(a)", p("one; and")), item("(b)", p("two."))))),
                        "contacts",
                        "1.1",
                    ),
                    d.Section("", 2, (), (p("They are distinct."),), "contacts", "1.2"),
                ),
                "contacts",
                "1",
            ),
        ),
        "B",
    )
    return d.Document(meta, (cover, terms, schedule, second))
