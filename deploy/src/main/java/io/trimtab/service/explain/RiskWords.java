package io.trimtab.service.explain;

import java.util.Locale;

/** Says chances and minutes, to three digits. */
public final class RiskWords {
    private static final double LEAST_CHANCE = 1e-4;
    private static final double LEAST_MINUTES = 0.1;

    private RiskWords() {}

    /** One percent is {@code 1%}; what is rarer than one in ten thousand is said so. */
    public static String chance(double share) {
        return share > 0 && share < LEAST_CHANCE ? "<0.01%" : rounded(share * 100) + "%";
    }

    public static String minutes(double minutes) {
        return (minutes > 0 && minutes < LEAST_MINUTES ? "<0.1" : rounded(minutes)) + " min";
    }

    private static String rounded(double amount) {
        String text = String.format(Locale.ROOT, amount >= 100 ? "%.0f" : amount >= 10 ? "%.1f" : "%.2f", amount);
        return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }
}
