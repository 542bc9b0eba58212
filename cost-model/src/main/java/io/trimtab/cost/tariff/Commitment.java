package io.trimtab.cost.tariff;

import java.math.BigDecimal;

/**
 * What is paid for, whether it is used or not. It covers machines that are not on spot capacity.
 *
 * @param perHour USD, for all of it
 */
public record Commitment(String name, MachineSelector machines, Coverage covers, BigDecimal perHour) {
    private static final BigDecimal MOST = BigDecimal.valueOf(100_000);

    /** @throws IllegalArgumentException if its name cannot be a part of a node's, or if it costs nothing or more than the account can write */
    public Commitment {
        if (!name.matches("[A-Za-z0-9][-._A-Za-z0-9]{0,62}"))
            throw new IllegalArgumentException(
                    "commitment %s: its name must be of letters, digits, dots and dashes, at most 63".formatted(name));
        if (perHour.signum() <= 0 || perHour.compareTo(MOST) > 0)
            throw new IllegalArgumentException("commitment %s: its price (%s) must be above 0 and at most %s per hour"
                    .formatted(name, perHour.toPlainString(), MOST));
    }

    public boolean matches(Machine machine) {
        return !machine.spot() && machines.matches(machine);
    }

    /** How much it covers at one time. */
    public sealed interface Coverage {
        /** Reserved machines. */
        record Machines(BigDecimal count) implements Coverage {
            public Machines {
                checked(count);
            }
        }

        /** Committed use of cores: it pays for machines' CPU alone. */
        record Cores(BigDecimal count) implements Coverage {
            public Cores {
                checked(count);
            }
        }

        /** Committed use of memory, likewise. */
        record Gib(BigDecimal count) implements Coverage {
            public Gib {
                checked(count);
            }
        }

        /** A savings plan: what would otherwise cost so much, USD per hour. */
        record Worth(BigDecimal perHour) implements Coverage {
            public Worth {
                checked(perHour);
            }
        }

        private static void checked(BigDecimal amount) {
            if (amount.signum() <= 0)
                throw new IllegalArgumentException(
                        "what a commitment covers (%s) must be above 0".formatted(amount.toPlainString()));
        }
    }
}
