package io.trimtab.service.web;

import java.util.List;

/**
 * One page of a list. Public for the templates.
 *
 * @param total how many there are on all pages
 * @param offset of the first item
 * @param size how many there are on a full page
 */
public record Slice<T>(List<T> items, int total, int offset, int size) {
    static final int SIZE = 50;

    public Slice {
        items = List.copyOf(items);
    }

    /** From an offset on; one out of range is brought into it. */
    static <T> Slice<T> of(List<T> all, int offset) {
        return of(all, offset, SIZE);
    }

    static <T> Slice<T> of(List<T> all, int offset, int size) {
        int from = Math.clamp(offset, 0, all.size());
        return new Slice<>(all.subList(from, Math.min(from + size, all.size())), all.size(), from, size);
    }

    public boolean hasPrevious() {
        return offset > 0;
    }

    public boolean hasNext() {
        return offset + size < total;
    }

    public int previous() {
        return Math.max(0, offset - size);
    }

    public int next() {
        return offset + size;
    }

    /** Such as {@code 51 to 100 of 240}. */
    public String range() {
        return "%,d to %,d of %,d".formatted(Math.min(offset + 1, total), offset + items.size(), total);
    }
}
