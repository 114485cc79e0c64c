package dev.kibi.local.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kibi.local.api.WriteOptions.FieldValidation;
import dev.kibi.local.api.store.ObjectStore;
import java.time.Clock;
import java.util.List;

/** Says before anything is started whether the API server would take the objects of a manifest. */
public final class ManifestCheck {
  private static final WriteOptions STRICT =
      new WriteOptions(false, FieldValidation.STRICT, warning -> {});

  private final ResourceTypes types = new ResourceTypes();
  private final Resources resources =
      new Resources(new ObjectStore(), types, new Admission(() -> "127.0.0.1"), Clock.systemUTC());

  /** {@code crds} are the definitions the server will know. */
  public ManifestCheck(List<ObjectNode> crds) {
    Bootstrap.createNamespaces(resources);
    crds.forEach(crd -> Bootstrap.define(resources, crd));
  }

  /** Throws the {@link ApiException} with which the server would refuse {@code object}. */
  public void check(ObjectNode object) {
    String apiVersion = object.path("apiVersion").asText();
    String kind = object.path("kind").asText();
    ResourceType type =
        types
            .findKind(apiVersion, kind)
            .orElseThrow(() ->
                ApiException.badRequest(
                    "no matches for kind \"%s\" in version \"%s\"".formatted(kind, apiVersion)));
    String namespace = object.at("/metadata/namespace").asText("default");
    resources.create(type, namespace, object.deepCopy(), STRICT);
  }
}
