package io.trimtab.ingest.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The words of a label selector, read one after the other. */
final class LabelTokens {
    private static final Pattern TOKEN = Pattern.compile("==|!=|[=!(),<>]|[^=!(),<>\\s]+");
    private static final Set<String> SYMBOLS = Set.of("==", "!=", "=", "!", "(", ")", ",", "<", ">");

    /** A name: at most 63 characters; before a slash a DNS name may stand. */
    private static final Pattern KEY =
            Pattern.compile("([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?"
                    + "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
    private static final int LONGEST_DNS_NAME = 253;

    private final String text;
    private final List<String> tokens;
    private int at;

    private LabelTokens(String text, List<String> tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    static LabelTokens of(String text) {
        return new LabelTokens(
                text, TOKEN.matcher(text).results().map(found -> found.group()).toList());
    }

    boolean ended() {
        return at == tokens.size();
    }

    boolean sees(String token) {
        return !ended() && tokens.get(at).equals(token);
    }

    boolean skip(String token) {
        boolean there = sees(token);
        if (there) at++;
        return there;
    }

    String key() {
        if (ended() || SYMBOLS.contains(tokens.get(at))) throw expected("a label's name");
        String key = tokens.get(at++);
        if (!isKey(key))
            throw new IllegalArgumentException(
                    "\"%s\" in the label selector \"%s\" is no label's name".formatted(key, text));
        return key;
    }

    private static boolean isKey(String key) {
        return KEY.matcher(key).matches() && key.indexOf('/') <= LONGEST_DNS_NAME;
    }

    static void checkKey(String key) {
        if (!isKey(key)) throw new IllegalArgumentException("\"%s\" is no label's name".formatted(key));
    }

    static void checkValue(String value) {
        if (!VALUE.matcher(value).matches())
            throw new IllegalArgumentException("\"%s\" is no label's value".formatted(value));
    }

    /** A value, which may be empty: nothing stands between its operator and the next comma. */
    String value() {
        if (ended() || SYMBOLS.contains(tokens.get(at))) return "";
        String value = tokens.get(at++);
        if (!VALUE.matcher(value).matches())
            throw new IllegalArgumentException(
                    "\"%s\" in the label selector \"%s\" is no label's value".formatted(value, text));
        return value;
    }

    /** Values in brackets, at least one. */
    Set<String> values() {
        if (!skip("(")) throw expected("'('");
        if (sees(")")) throw expected("a value: the set must not be empty");
        Set<String> values = new HashSet<>();
        do values.add(value());
        while (skip(","));
        if (!skip(")")) throw expected("',' or ')'");
        return Set.copyOf(values);
    }

    IllegalArgumentException expected(String what) {
        return new IllegalArgumentException("the label selector \"%s\" has %s where %s is expected"
                .formatted(text, ended() ? "its end" : "'" + tokens.get(at) + "'", what));
    }
}
