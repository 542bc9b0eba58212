package io.trimtab.cost.budget;

/** Who spends. */
public sealed interface Spender {
    /** A namespace. */
    record Namespace(String name) implements Spender {
        public Namespace {
            if (name.isBlank()) throw new IllegalArgumentException("namespace must not be empty");
        }

        @Override
        public String toString() {
            return "namespace " + name;
        }
    }

    /** All pods with a label, in whatever namespace. */
    record Label(String name, String value) implements Spender {
        public Label {
            if (name.isBlank()) throw new IllegalArgumentException("the label's name must not be empty");
        }

        @Override
        public String toString() {
            return "label %s=%s".formatted(name, value);
        }
    }
}
