/** The port that speaks gRPC: OpenTelemetry's metrics are taken there. Front door: {@link io.trimtab.service.grpc.GrpcPort}. */
@NullMarked
package io.trimtab.service.grpc;

import org.jspecify.annotations.NullMarked;
