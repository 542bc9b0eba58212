package io.trimtab.cost.account;

import io.trimtab.cost.allocation.Allocation;
import io.trimtab.cost.tariff.Commitment;
import io.trimtab.cost.tariff.Commitment.Coverage;
import io.trimtab.cost.tariff.Machine;
import io.trimtab.cost.units.Bytes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Spreads commitments over what ran. One after the other covers the same part of all that it is for and that none before it covers; what is covered costs nothing else,
 * and bears the fee by what it would have cost. Bills and what is unused sum to what is not covered and the fees, to the last digit.
 */
final class CommitmentSpread {
    private static final BigDecimal MILLIS_PER_HOUR = BigDecimal.valueOf(3_600_000);
    private static final BigDecimal GIB = BigDecimal.valueOf(1L << 30);

    /** Of parts of one: finer than a cent of all that can be paid. */
    private static final int FINE = 30;

    private static final int CPU = 0;
    private static final int MEMORY = 1;
    private static final int GPU = 2;
    private static final int[] EACH = {CPU, MEMORY, GPU};

    private final List<Commitment> commitments;

    CommitmentSpread(List<Commitment> commitments) {
        this.commitments = List.copyOf(commitments);
    }

    /** @param cost without commitments */
    record Use(Machine machine, long millis, ResourceCosts cost) {}

    /**
     * @param bills in the order of the uses
     * @param unused of each commitment that is not used up, what of its fee nothing bears
     */
    record Spread(List<ResourceCosts> bills, Map<Commitment, BigDecimal> unused) {}

    /** @param millis for which commitments are paid */
    Spread over(List<Use> uses, long millis) {
        if (commitments.isEmpty() || millis == 0)
            return new Spread(uses.stream().map(Use::cost).toList(), Map.of());
        List<Part> parts = new ArrayList<>();
        for (Use use : uses) for (int resource : EACH) parts.add(new Part(use, resource));
        Map<Commitment, BigDecimal> unused = new LinkedHashMap<>();
        for (Commitment commitment : commitments) {
            BigDecimal fee = times(commitment.perHour(), millis).setScale(Allocation.SCALE, RoundingMode.CEILING);
            BigDecimal left = fee.subtract(spread(commitment, fee, parts, millis));
            if (left.signum() > 0) unused.put(commitment, left);
        }
        List<ResourceCosts> bills = new ArrayList<>();
        for (int i = 0; i < parts.size(); i += EACH.length)
            bills.add(new ResourceCosts(
                    parts.get(i + CPU).bill(),
                    parts.get(i + MEMORY).bill(),
                    parts.get(i + GPU).bill()));
        return new Spread(bills, unused);
    }

    /** @return what of the fee is borne */
    private static BigDecimal spread(Commitment commitment, BigDecimal fee, List<Part> parts, long millis) {
        List<Part> candidates = parts.stream()
                .filter(part -> part.isFor(commitment.covers()) && commitment.matches(part.use.machine()))
                .toList();
        BigDecimal room = room(commitment.covers(), millis);
        BigDecimal asked = candidates.stream()
                .map(part -> part.asks(commitment.covers()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (asked.signum() == 0) return BigDecimal.ZERO;
        boolean full = asked.compareTo(room) >= 0;
        BigDecimal share = full ? room.divide(asked, FINE, RoundingMode.FLOOR) : BigDecimal.ONE;
        List<BigDecimal> covered =
                candidates.stream().map(part -> part.cover(share)).toList();
        BigDecimal all = covered.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (all.signum() == 0) return BigDecimal.ZERO;
        BigDecimal borne = full
                ? fee
                : fee.multiply(asked)
                        .divide(room, Allocation.SCALE, RoundingMode.CEILING)
                        .min(fee);
        BigDecimal soFar = BigDecimal.ZERO;
        BigDecimal given = BigDecimal.ZERO;
        for (int i = 0; i < candidates.size(); i++) {
            soFar = soFar.add(covered.get(i));
            BigDecimal due = borne.multiply(soFar).divide(all, Allocation.SCALE, RoundingMode.FLOOR);
            candidates.get(i).bears(due.subtract(given));
            given = due;
        }
        return borne;
    }

    private static BigDecimal room(Coverage covers, long millis) {
        return switch (covers) {
            case Coverage.Machines(BigDecimal count) -> times(count, millis);
            case Coverage.Cores(BigDecimal count) -> times(count, millis);
            case Coverage.Gib(BigDecimal count) -> times(count, millis);
            case Coverage.Worth(BigDecimal perHour) -> times(perHour, millis);
        };
    }

    private static BigDecimal times(BigDecimal amount, long millis) {
        return amount.multiply(BigDecimal.valueOf(millis)).divide(MILLIS_PER_HOUR, FINE, RoundingMode.HALF_EVEN);
    }

    /** A resource of a machine. */
    private static final class Part {
        private final Use use;
        private final int resource;
        private final BigDecimal whole;
        private BigDecimal left;
        private BigDecimal fees = BigDecimal.ZERO;

        Part(Use use, int resource) {
            this.use = use;
            this.resource = resource;
            ResourceCosts cost = use.cost();
            this.whole = resource == CPU ? cost.cpu() : resource == MEMORY ? cost.memory() : cost.gpu();
            this.left = whole;
        }

        boolean isFor(Coverage covers) {
            return switch (covers) {
                case Coverage.Machines _, Coverage.Worth _ -> true;
                case Coverage.Cores _ -> resource == CPU;
                case Coverage.Gib _ -> resource == MEMORY;
            };
        }

        /** What of it none has covered, in what the commitment counts in. */
        BigDecimal asks(Coverage covers) {
            if (left.signum() == 0) return BigDecimal.ZERO;
            return switch (covers) {
                // A machine is as much of one as of its cost is left.
                case Coverage.Machines _ -> of(BigDecimal.ONE, use.cost().total());
                case Coverage.Cores _ -> of(use.machine().capacity().cpu().cores(), whole);
                case Coverage.Gib _ -> of(gib(use.machine().capacity().memory()), whole);
                case Coverage.Worth _ -> left;
            };
        }

        private BigDecimal of(BigDecimal amount, BigDecimal cost) {
            return times(amount, use.millis()).multiply(left).divide(cost, FINE, RoundingMode.HALF_EVEN);
        }

        private static BigDecimal gib(Bytes memory) {
            return memory.amount().divide(GIB, FINE, RoundingMode.HALF_EVEN);
        }

        /** @return what it would have cost */
        BigDecimal cover(BigDecimal share) {
            BigDecimal covered = left.multiply(share).setScale(Allocation.SCALE, RoundingMode.FLOOR);
            left = left.subtract(covered);
            return covered;
        }

        void bears(BigDecimal fee) {
            fees = fees.add(fee);
        }

        BigDecimal bill() {
            return left.add(fees);
        }
    }
}
