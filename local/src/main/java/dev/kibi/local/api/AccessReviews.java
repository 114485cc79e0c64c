package dev.kibi.local.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Answers "may I?": there is one user here, and that user may do everything. */
final class AccessReviews {
  static final String GROUP = "authorization.k8s.io";
  private static final Map<String, String> KINDS =
      Map.of(
          "selfsubjectaccessreviews", "SelfSubjectAccessReview",
          "selfsubjectrulesreviews", "SelfSubjectRulesReview");

  private AccessReviews() {}

  static boolean isReview(Request request) {
    List<String> path = request.path();
    return request.method().equals("POST")
        && path.size() == 4
        && path.get(1).equals(GROUP)
        && KINDS.containsKey(path.get(3));
  }

  /** The request is not read: kubectl may send it in a form of its own, and the answer is yes. */
  static ObjectNode answer(Request request) {
    ObjectNode review =
        Json.object()
            .put("kind", KINDS.get(request.path().getLast()))
            .put("apiVersion", GROUP + "/v1");
    review.putObject("spec");
    ObjectNode status = review.putObject("status").put("allowed", true).put("incomplete", false);
    status.putArray("nonResourceRules");
    ObjectNode everything = status.putArray("resourceRules").addObject();
    for (String field : List.of("verbs", "apiGroups", "resources")) {
      everything.putArray(field).add("*");
    }
    return review;
  }

  static void addResources(String groupVersion, ArrayNode resources) {
    if (groupVersion.equals(GROUP + "/v1")) {
      for (String plural : List.of("selfsubjectaccessreviews", "selfsubjectrulesreviews")) {
        resources
            .addObject()
            .put("name", plural)
            .put("singularName", "")
            .put("namespaced", false)
            .put("kind", KINDS.get(plural))
            .putArray("verbs")
            .add("create");
      }
    }
  }
}
