package io.trimtab.service.budget;

import io.trimtab.cost.budget.Spender;

/** How spenders are called outside. */
final class Spenders {
    private Spenders() {}

    static String kind(Spender spender) {
        return switch (spender) {
            case Spender.Namespace _ -> "namespace";
            case Spender.Label _ -> "label";
        };
    }

    static String key(Spender spender) {
        return switch (spender) {
            case Spender.Namespace(String name) -> name;
            case Spender.Label(String name, String value) -> name + "=" + value;
        };
    }
}
