package dev.kibi.operator.status;

/** The conditions of a cluster, in the order they are shown. */
enum ConditionType {
  READY("Ready"),
  SPEC_ACCEPTED("SpecAccepted"),
  SLOTS_COVERED("SlotsCovered"),
  REPLICATED("Replicated"),
  REBALANCING("Rebalancing"),
  UP_TO_DATE("UpToDate"),
  DATA_INTACT("DataIntact");

  private final String text;

  ConditionType(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
