package io.trimtab.forecast.online;

import java.util.OptionalLong;

/**
 * What is known of a series beside its samples.
 *
 * @param deployedAtSeconds when what it is of was last changed, since 1970: from then on it may use another amount
 */
public record Occasions(OptionalLong deployedAtSeconds, Holidays holidays) {
    public static final Occasions NONE = new Occasions(OptionalLong.empty(), Holidays.NONE);
}
