package io.trimtab.ingest.promql;

import java.util.Arrays;

/** The samples of one series, oldest first, in two growing arrays: an answer may hold millions, and boxed ones would take five times the room. */
final class Samples {
    private long[] atSeconds = new long[16];
    private double[] amounts = new double[16];
    private int size;

    /** @return whether it was taken: its moment must be later than all that are here */
    boolean add(long second, double amount) {
        if (size > 0 && atSeconds[size - 1] >= second) return false;
        if (size == amounts.length) {
            atSeconds = Arrays.copyOf(atSeconds, size * 2);
            amounts = Arrays.copyOf(amounts, size * 2);
        }
        atSeconds[size] = second;
        amounts[size++] = amount;
        return true;
    }

    /** @return how many were not taken */
    int addAll(Samples later) {
        int before = size;
        for (int i = 0; i < later.size; i++) add(later.atSeconds[i], later.amounts[i]);
        return later.size - (size - before);
    }

    int size() {
        return size;
    }

    long atSecond(int index) {
        return atSeconds[index];
    }

    double amount(int index) {
        return amounts[index];
    }

    long[] moments() {
        return Arrays.copyOf(atSeconds, size);
    }

    double[] values() {
        return Arrays.copyOf(amounts, size);
    }
}
