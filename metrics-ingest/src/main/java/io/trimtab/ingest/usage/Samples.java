package io.trimtab.ingest.usage;

import java.util.Arrays;

/** The samples of one series, oldest first, in two growing arrays: an answer may hold millions, and boxed ones would take five times the room. */
public final class Samples {
    private long[] atSeconds = new long[16];
    private double[] amounts = new double[16];
    private int size;

    /** @return whether it was taken: its moment must be later than all that are here */
    public boolean add(long second, double amount) {
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
    public int addAll(Samples later) {
        int before = size;
        for (int i = 0; i < later.size; i++) add(later.atSeconds[i], later.amounts[i]);
        return later.size - (size - before);
    }

    /** At each moment of either the greater of the two. */
    public Samples greatest(Samples other) {
        Samples both = new Samples();
        int here = 0;
        int there = 0;
        while (here < size || there < other.size) {
            long second = Math.min(
                    here < size ? atSeconds[here] : Long.MAX_VALUE,
                    there < other.size ? other.atSeconds[there] : Long.MAX_VALUE);
            double amount = Double.NEGATIVE_INFINITY;
            if (here < size && atSeconds[here] == second) amount = amounts[here++];
            if (there < other.size && other.atSeconds[there] == second)
                amount = Math.max(amount, other.amounts[there++]);
            both.add(second, amount);
        }
        return both;
    }

    public int size() {
        return size;
    }

    public long atSecond(int index) {
        return atSeconds[index];
    }

    public double amount(int index) {
        return amounts[index];
    }

    public long[] moments() {
        return Arrays.copyOf(atSeconds, size);
    }

    public double[] values() {
        return Arrays.copyOf(amounts, size);
    }
}
