/** The doors through which the world comes in. Ports: {@link Inventory} (what is running) and {@link UsageSource} (what it used). */
@NullMarked
package io.trimtab.ingest;

import org.jspecify.annotations.NullMarked;
