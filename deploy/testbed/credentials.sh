# Certificates, keys, tokens and kubeconfigs of one control plane. Sourced by up; everything is thrown away by down.

# authority NAME COMMON-NAME: a self-signed certificate authority, NAME.crt and NAME.key.
authority() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 7 -subj "/CN=$2" \
    -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign,digitalSignature" \
    -keyout "$pki/$1.key" -out "$pki/$1.crt"
}

# certificate NAME AUTHORITY SUBJECT USAGE [SUBJECT-ALTERNATIVE-NAMES]: a key and a certificate that the authority signed.
certificate() {
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "$3" -keyout "$pki/$1.key" -out "$pki/$1.csr"
  openssl x509 -req -in "$pki/$1.csr" -CA "$pki/$2.crt" -CAkey "$pki/$2.key" -days 7 -out "$pki/$1.crt" \
    -extfile <(printf 'basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=%s\n%s' "$4" "${5:+subjectAltName=$5}")
}

# kubeconfig FILE USER TOKEN
kubeconfig() {
  cat >"$1" <<END
apiVersion: v1
kind: Config
current-context: testbed
clusters:
  - name: testbed
    cluster: {server: "https://127.0.0.1:$apiserver_port", certificate-authority-data: $(base64 -w0 <"$pki/ca.crt")}
users:
  - name: $2
    user: {token: $3}
contexts:
  - name: testbed
    context: {cluster: testbed, user: $2}
END
}

make_credentials() {
  mkdir -p "$pki"
  # The aggregator shows front-proxy-client to aggregated API servers; they trust X-Remote-User only when it comes with it.
  {
    authority ca trimtab-testbed \
      && authority front-proxy-ca trimtab-testbed-front-proxy \
      && certificate apiserver ca /CN=kube-apiserver serverAuth \
        "DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:10.96.0.1" \
      && certificate front-proxy-client front-proxy-ca /CN=front-proxy-client clientAuth \
      && openssl ecparam -name prime256v1 -genkey -noout -out "$pki/service-account.key" \
      && openssl ec -in "$pki/service-account.key" -pubout -out "$pki/service-account.pub"
  } >"$dir/logs/openssl.log" 2>&1 || return 1

  local user token groups
  : >"$pki/tokens.csv"
  for user in admin system:kube-controller-manager system:kube-scheduler kwok; do
    groups=""
    token="$(openssl rand -hex 16)"
    case "$user" in admin | kwok) groups=',"system:masters"' ;; esac
    printf '%s,%s,%s%s\n' "$token" "$user" "$user" "$groups" >>"$pki/tokens.csv"
    kubeconfig "$pki/${user#system:}.kubeconfig" "$user" "$token"
  done
}
