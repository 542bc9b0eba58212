/** What is shipped: main, wiring, REST, pages, command line. */
@NullMarked
package io.trimtab.service;

import org.jspecify.annotations.NullMarked;
