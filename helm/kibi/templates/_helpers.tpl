{{- define "kibi.fullname" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name | trunc 53 | trimSuffix "-" }}{{ else }}{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 53 | trimSuffix "-" }}{{ end }}
{{- end }}

{{- define "kibi.serviceAccount" -}}
{{ .Values.serviceAccount.name | default (printf "%s-operator" (include "kibi.fullname" .)) }}
{{- end }}

{{- define "kibi.selector" -}}
app.kubernetes.io/name: kibi-operator
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "kibi.labels" -}}
{{ include "kibi.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{/* A release's own labels, and what else is asked for: of a key that is in both there is the release's. */}}
{{- define "kibi.labelsWith" -}}
{{ toYaml (merge (include "kibi.labels" .root | fromYaml) (.more | default dict)) }}
{{- end }}

{{- define "kibi.image" -}}
{{ .Values.image.repository }}{{ if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{/* Of the operators of one release one works: a lease of another release says nothing about them. */}}
{{- define "kibi.lease" -}}
{{ include "kibi.fullname" . }}-operator
{{- end }}

{{/* What the operator needs wherever clusters live: docs/permissions.md says what for. */}}
{{- define "kibi.rules" -}}
- apiGroups: [kibi.dev]
  resources: [cacheclusters]
  verbs: [get, list, watch, patch]
- apiGroups: [kibi.dev]
  resources: [cacheclusters/status]
  verbs: [patch]
- apiGroups: [kibi.dev]
  resources: [cachetopologies]
  verbs: [get, list, watch, create, update, delete]
- apiGroups: [apps]
  resources: [statefulsets]
  verbs: [get, list, watch, create, patch, delete]
- apiGroups: [""]
  resources: [services, serviceaccounts]
  verbs: [list, watch, create, patch]
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [list, watch, create, patch, delete]
- apiGroups: [rbac.authorization.k8s.io]
  resources: [roles, rolebindings]
  verbs: [list, watch, create, patch]
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch, patch, delete]
- apiGroups: [""]
  resources: [events]
  verbs: [create, list]
{{- if .Values.peerTls.enabled }}
- apiGroups: [""]
  resources: [secrets] # two of each cluster, by name; create takes none
  verbs: [get, create, update]
{{- end }}
{{- end }}

{{/* Only in the operator's own namespace. */}}
{{- define "kibi.leaseRules" -}}
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  verbs: [create] # takes no name
- apiGroups: [coordination.k8s.io]
  resources: [leases]
  resourceNames: [{{ include "kibi.lease" . }}]
  verbs: [get, update, patch]
{{- end }}
