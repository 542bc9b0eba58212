/**
 * The custom resources ScalingPolicy and ClusterScalingPolicy as users write them; the schemas in {@code deploy/crds} are generated from these records.
 * Front door: {@link io.trimtab.ingest.kubernetes.policy.PolicyMapping}, which makes a {@link io.trimtab.ingest.model.Policy} of one.
 */
@NullMarked
package io.trimtab.ingest.kubernetes.policy;

import org.jspecify.annotations.NullMarked;
