package io.trimtab.ingest.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Inputs that are nearly good: one of the seeds with a few bytes changed, taken out, put in, or taken from another. */
final class Mutations {
    /** What lengths and numbers are most often wrong by. */
    private static final int[] TELLING = {0, 1, 0x7f, 0x80, 0xff, '"', '{', '\\'};

    private static final int MOST_CHANGES = 6;
    private static final int LONGEST_PIECE = 16;

    private final Random random;
    private final List<byte[]> seeds;

    Mutations(long seed, List<byte[]> seeds) {
        this.random = new Random(seed);
        this.seeds = seeds;
    }

    byte[] next() {
        byte[] input = any().clone();
        for (int left = 1 + random.nextInt(MOST_CHANGES); left > 0; left--) input = changed(input);
        return input;
    }

    private byte[] changed(byte[] input) {
        if (input.length == 0) return any().clone();
        int at = random.nextInt(input.length);
        int length = Math.min(input.length - at, 1 + random.nextInt(LONGEST_PIECE));
        switch (random.nextInt(6)) {
            case 0 -> input[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> input[at] = (byte) random.nextInt();
            case 2 -> input[at] = (byte) TELLING[random.nextInt(TELLING.length)];
            case 3 -> {
                return Arrays.copyOf(input, at);
            }
            case 4 -> {
                return joined(Arrays.copyOf(input, at), Arrays.copyOfRange(input, at + length, input.length));
            }
            default -> {
                byte[] other = any();
                int from = other.length == 0 ? 0 : random.nextInt(other.length);
                byte[] piece = Arrays.copyOfRange(other, from, Math.min(other.length, from + length));
                return joined(joined(Arrays.copyOf(input, at), piece), Arrays.copyOfRange(input, at, input.length));
            }
        }
        return input;
    }

    private byte[] any() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
