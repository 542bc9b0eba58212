/** Benchmarks (JMH), run by {@code bin/trimtab bench}; never by the tests. */
@NullMarked
package io.trimtab.service.bench;

import org.jspecify.annotations.NullMarked;
