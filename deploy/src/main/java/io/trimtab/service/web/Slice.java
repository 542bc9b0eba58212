package io.trimtab.service.web;

import java.util.List;

/**
 * One page of a list. Public for the templates.
 *
 * @param total how many there are on all pages
 * @param offset of the first item
 */
public record Slice<T>(List<T> items, int total, int offset) {
    static final int SIZE = 50;

    public Slice {
        items = List.copyOf(items);
    }

    /** From an offset on; one out of range is brought into it. */
    static <T> Slice<T> of(List<T> all, int offset) {
        int from = Math.clamp(offset, 0, all.size());
        return new Slice<>(all.subList(from, Math.min(from + SIZE, all.size())), all.size(), from);
    }

    public boolean hasPrevious() {
        return offset > 0;
    }

    public boolean hasNext() {
        return offset + SIZE < total;
    }

    public int previous() {
        return Math.max(0, offset - SIZE);
    }

    public int next() {
        return offset + SIZE;
    }

    /** Such as {@code 51 to 100 of 240}. */
    public String range() {
        return "%,d to %,d of %,d".formatted(Math.min(offset + 1, total), offset + items.size(), total);
    }
}
