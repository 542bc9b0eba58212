/** The command line. Front door: {@link TrimtabCommand}. */
@NullMarked
package io.trimtab.service.cli;

import org.jspecify.annotations.NullMarked;
