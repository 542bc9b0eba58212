/** How many connections a port takes, and from whom. Front door: {@link ConnectionBound}. Used by: grpc, kubeapi, loop. */
@NullMarked
package io.trimtab.service.connections;

import org.jspecify.annotations.NullMarked;
