package io.trimtab.forecast.sketch;

/**
 * Elementary functions with one fixed order of operations, so that they give the same bits on every machine, and the bits that the stock VPA gets
 * on amd64. It matters where a sample lies on the edge of a bucket or a partial sum meets the threshold.
 *
 * @see "K. C. Ng, fdlibm 5.3: e_log.c, e_exp.c (reduction, Remez polynomials and their coefficients)"
 */
final class FixedMath {
    private static final double LN2_HIGH = 0x1.62e42feep-1;
    private static final double LN2_LOW = 0x1.a39ef35793c76p-33;
    private static final double[] LOG = {
        0x1.5555555555593p-1,
        0x1.999999997fa04p-2,
        0x1.2492494229359p-2,
        0x1.c71c51d8e78afp-3,
        0x1.7466496cb03dep-3,
        0x1.39a09d078c69fp-3,
        0x1.2f112df3e5244p-3
    };
    private static final double[] EXP = {
        0x1.5555555555555p-3,
        -0x1.6c16c16bebd93p-9,
        0x1.1566aaf25de2cp-14,
        -0x1.bbd41c5d26bf1p-20,
        0x1.6376972bea4d0p-25
    };

    private FixedMath() {}

    /** Natural logarithm of a positive, finite, normal number. */
    static double log(double x) {
        int exponent = Math.getExponent(x) + 1;
        double mantissa = Math.scalb(x, -exponent);
        if (mantissa < Math.sqrt(2) / 2) {
            mantissa *= 2;
            exponent--;
        }
        double f = mantissa - 1;
        double s = f / (2 + f);
        double square = s * s;
        double fourth = square * square;
        double odd = square * (LOG[0] + fourth * (LOG[2] + fourth * (LOG[4] + fourth * LOG[6])));
        double even = fourth * (LOG[1] + fourth * (LOG[3] + fourth * LOG[5]));
        double halfSquare = 0.5 * f * f;
        return exponent * LN2_HIGH - ((halfSquare - (s * (halfSquare + (odd + even)) + exponent * LN2_LOW)) - f);
    }

    /** 2 to the power of x; 0 where that is too small for a double. */
    static double exp2(double x) {
        if (x < -1074) return 0;
        int whole = (int) (x < 0 ? x - 0.5 : x + 0.5);
        double rest = x - whole;
        double high = rest * LN2_HIGH;
        double low = -rest * LN2_LOW;
        double r = high - low;
        double t = r * r;
        double c = r - t * (EXP[0] + t * (EXP[1] + t * (EXP[2] + t * (EXP[3] + t * EXP[4]))));
        return Math.scalb(1 - ((low - (r * c) / (2 - c)) - high), whole);
    }

    /** x to the power of n >= 0, by squaring. */
    static double power(double x, int n) {
        double result = 1;
        double square = x;
        for (int rest = n; rest != 0; rest >>= 1) {
            if ((rest & 1) == 1) result *= square;
            square *= square;
        }
        return result;
    }
}
