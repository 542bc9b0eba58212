/** What the ports that speak TLS show: a certificate from files, followed when they change, or one that is made. Front door: {@link ServingCertificate}. Used by: kubeapi, grpc. */
@NullMarked
package io.trimtab.service.tls;

import org.jspecify.annotations.NullMarked;
