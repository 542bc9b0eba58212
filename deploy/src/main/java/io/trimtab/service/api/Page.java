package io.trimtab.service.api;

import io.micronaut.http.HttpStatus;
import java.util.List;

/**
 * A part of a list.
 *
 * @param total how many there are after filtering
 */
record Page<T>(List<T> items, int total, int offset, int limit) {
    static final int LARGEST = 1000;

    static <T> Page<T> of(List<T> all, int offset, int limit) {
        if (limit < 1 || limit > LARGEST) {
            throw new ProblemException(HttpStatus.BAD_REQUEST, "limit (%d) must be in 1..%d".formatted(limit, LARGEST));
        }
        if (offset < 0)
            throw new ProblemException(HttpStatus.BAD_REQUEST, "offset (%d) must be >= 0".formatted(offset));
        int from = Math.min(offset, all.size());
        int to = (int) Math.min((long) from + limit, all.size());
        return new Page<>(all.subList(from, to), all.size(), offset, limit);
    }
}
