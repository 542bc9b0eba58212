/**
 * The ports that speak gRPC: OpenTelemetry's metrics are taken at one, Cluster Autoscaler is answered at the other. Front doors: {@link GrpcPort} and {@link ExpanderPort}.
 * Used by: loop.
 */
@NullMarked
package io.trimtab.service.grpc;

import org.jspecify.annotations.NullMarked;
