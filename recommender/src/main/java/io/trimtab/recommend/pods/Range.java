package io.trimtab.recommend.pods;

import java.util.function.UnaryOperator;

/**
 * What a request should be, and between which bounds it may as well stay as it is.
 *
 * @param <T> the resource's unit type
 */
public record Range<T>(T target, T lower, T upper) {
    /** One amount, with no room around it. */
    static <T> Range<T> only(T target) {
        return new Range<>(target, target, target);
    }

    Range<T> map(UnaryOperator<T> change) {
        return new Range<>(change.apply(target), change.apply(lower), change.apply(upper));
    }
}
