package io.trimtab.ingest.vocabulary;

/** What a series must have besides its name. */
public sealed interface LabelFilter {
    /** All series of the name count. */
    record Any() implements LabelFilter {}

    /** Only those with this value of the label. */
    record Has(String label, String value) implements LabelFilter {}

    /** Only those without the label, or with an empty one: with it, they are parts of a whole that has a series of its own. */
    record Lacks(String label) implements LabelFilter {}

    /** As it is called where dots cannot be in a name. */
    default LabelFilter underscored() {
        return switch (this) {
            case Any any -> any;
            case Has(String label, String value) -> new Has(Underscores.in(label), value);
            case Lacks(String label) -> new Lacks(Underscores.in(label));
        };
    }
}
