/**
 * OpenTelemetry's protocol for metrics (OTLP), as protobuf or JSON: from the bytes of a request to pushed samples. Front door:
 * {@link io.trimtab.ingest.otlp.Otlp}. Knows neither HTTP server nor gRPC. Used by: service.
 */
@NullMarked
package io.trimtab.ingest.otlp;

import org.jspecify.annotations.NullMarked;
