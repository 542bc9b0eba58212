package io.trimtab.recommend.zero.formula;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word of a formula.
 *
 * @param at where it begins, from 1
 */
record Token(Kind kind, String text, int at) {
    enum Kind {
        NUMBER,
        NAME,
        SIGN,
        END
    }

    private static final Pattern PATTERN =
            Pattern.compile("\\s*(?:((?:\\d+(?:\\.\\d+)?|\\.\\d+)(?:[eE][+-]?\\d{1,3})?)|([A-Za-z_][A-Za-z0-9_-]*)|"
                    + "(\\*\\*|==|!=|<=|>=|&&|\\|\\||\\?\\?|[-+*/%^()\\[\\]{}#,?:<>!]))");

    /** @param names those with a hyphen are read as one word; any other hyphen is a minus */
    static List<Token> of(String formula, Set<String> names) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = PATTERN.matcher(formula);
        int at = 0;
        while (at < formula.length() && !formula.substring(at).isBlank()) {
            matcher.region(at, formula.length());
            if (!matcher.lookingAt()) throw unknown(formula, at);
            at = matcher.end();
            if (matcher.group(1) != null) tokens.add(new Token(Kind.NUMBER, matcher.group(1), matcher.start(1) + 1));
            else if (matcher.group(3) != null) tokens.add(new Token(Kind.SIGN, matcher.group(3), matcher.start(3) + 1));
            else {
                String name = matcher.group(2);
                if (!names.contains(name) && name.contains("-")) name = name.substring(0, name.indexOf('-'));
                tokens.add(new Token(Kind.NAME, name, matcher.start(2) + 1));
                at = matcher.start(2) + name.length();
            }
        }
        tokens.add(new Token(Kind.END, "the end", formula.length() + 1));
        return tokens;
    }

    private static IllegalArgumentException unknown(String formula, int from) {
        int at = from;
        while (Character.isWhitespace(formula.charAt(at))) at++;
        return new IllegalArgumentException("'%c' at %d is not understood".formatted(formula.charAt(at), at + 1));
    }
}
