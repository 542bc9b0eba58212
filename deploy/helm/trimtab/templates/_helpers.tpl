{{/* The name of the chart, as a label. */}}
{{- define "trimtab.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{/* The name of every object: release and chart, the chart once. */}}
{{- define "trimtab.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "trimtab.selectorLabels" -}}
app.kubernetes.io/name: {{ include "trimtab.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "trimtab.labels" -}}
{{ include "trimtab.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end }}

{{- define "trimtab.serviceAccountName" -}}
{{- if .Values.serviceAccount.create }}
{{- default (include "trimtab.fullname" .) .Values.serviceAccount.name }}
{{- else }}
{{- default "default" .Values.serviceAccount.name }}
{{- end }}
{{- end }}

{{- define "trimtab.image" -}}
{{- if .Values.image.digest }}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest }}
{{- else }}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) }}
{{- end }}
{{- end }}

{{/* The Secret with the certificate of external.metrics.k8s.io and of the expander. */}}
{{- define "trimtab.tlsSecretName" -}}
{{- if eq .Values.externalMetrics.certificate "Secret" }}
{{- .Values.externalMetrics.secretName }}
{{- else }}
{{- printf "%s-tls" (include "trimtab.fullname" .) }}
{{- end }}
{{- end }}

{{/* The PersistentVolumeClaim with what was learned. */}}
{{- define "trimtab.stateClaimName" -}}
{{- default (printf "%s-state" (include "trimtab.fullname" .)) .Values.state.persistence.existingClaim }}
{{- end }}

{{/* The port of prometheus.url, or that of its scheme. */}}
{{- define "trimtab.prometheusPort" -}}
{{- $url := urlParse .Values.prometheus.url }}
{{- $port := regexFind ":[0-9]+$" $url.host | trimPrefix ":" }}
{{- $port | default (ternary "443" "80" (eq $url.scheme "https")) }}
{{- end }}

{{/* The subject of every binding. */}}
{{- define "trimtab.subjects" -}}
subjects:
  - kind: ServiceAccount
    name: {{ include "trimtab.serviceAccountName" . }}
    namespace: {{ .Release.Namespace }}
{{- end }}
