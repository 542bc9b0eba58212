package io.trimtab.recommend.replay;

/**
 * What one kind of workload asked for and did not use, and what it could have left unused with hindsight. Shares are of 1; a core counts as seven and a half GiB.
 *
 * @param kind with {@code +hpa} for those that an autoscaler scales
 * @param ofRequested its share of what all ask for
 * @param ofUnused its share of what all leave unused
 * @param cpu unused, of what it asks for
 * @param memory likewise
 * @param oneLevel CPU unused if each container had one request, which covers 93 % of its own minutes
 * @param byHour likewise with a request for each hour of a working day and one for each of a weekend's
 * @param eachHour likewise with one for each single hour
 * @param atMinimum the part of the unused CPU that falls in times with {@code minReplicas}
 */
public record KindSlack(
        String kind,
        double ofRequested,
        double ofUnused,
        double cpu,
        double memory,
        double oneLevel,
        double byHour,
        double eachHour,
        double atMinimum) {}
