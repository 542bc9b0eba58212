package io.trimtab.recommend.replay;

import java.util.SplittableRandom;

/** Derives independent seeds, so that what happens to one workload never shifts the luck of another. */
final class Seeds {
    private Seeds() {}

    /**
     * Mixes two numbers into a third that looks unrelated to both.
     *
     * @see "Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014 (variant 13 of the 64-bit finaliser)"
     */
    static long mix(long seed, long index) {
        long z = seed + (index + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    static SplittableRandom random(long seed, long index) {
        return new SplittableRandom(mix(seed, index));
    }

    /** A number in [0, 1) for this seed and index; always the same one. */
    static double unit(long seed, long index) {
        return (mix(seed, index) >>> 11) * 0x1.0p-53;
    }
}
