package io.trimtab.service.explain;

import io.trimtab.service.view.MoneyChange;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** Says what a change is worth. */
final class MoneyWords {
    private MoneyWords() {}

    static List<String> lines(MoneyChange money, boolean stays) {
        if (stays) return List.of("Nothing more and nothing less than now.");
        BigDecimal saving = cents(money.saving());
        String difference = switch (saving.signum()) {
            case 1 -> "%s less".formatted(amount(saving));
            case -1 -> "%s more".formatted(amount(saving.negate()));
            default -> "the same";
        };
        return List.of(
                "%s %s a month for all its pods now, %s after: %s."
                        .formatted(amount(money.before()), money.currency(), amount(money.after()), difference),
                "This is the list price of what they request; the bill follows when a node goes or comes.");
    }

    private static String amount(BigDecimal money) {
        return String.format(Locale.ROOT, "%,.2f", cents(money));
    }

    private static BigDecimal cents(BigDecimal money) {
        return money.setScale(2, RoundingMode.HALF_EVEN);
    }
}
