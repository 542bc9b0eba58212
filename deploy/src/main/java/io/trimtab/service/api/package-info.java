/** REST under {@code /api/v1}, health and metrics: the state of the loop as JSON, problems after RFC 9457. */
@NullMarked
package io.trimtab.service.api;

import org.jspecify.annotations.NullMarked;
