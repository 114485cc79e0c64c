package dev.kibi.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {
  private final ObjectNode object = object();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                      | true",
        "app=kibi                | true",
        "app==kibi               | true",
        "app = kibi              | true",
        "app=other               | false",
        "app!=other              | true",
        "app!=kibi               | false",
        "absent!=kibi            | true",
        "app                     | true",
        "!app                    | false",
        "absent                  | false",
        "!absent                 | true",
        "app in (a,kibi)         | true",
        "app in (a, b)           | false",
        "absent in (a)           | false",
        "app notin (a,b)         | true",
        "app notin (kibi)        | false",
        "absent notin (a)        | true",
        "app in (kibi,a),role=master | true",
        "app in (kibi,a),role!=master | false"
      })
  void labelsAreSelectedAsByTheApiServer(String selector, boolean selected) {
    assertThat(Selector.labels(selector).test(object)).isEqualTo(selected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "metadata.name=shop-0              | true",
        "metadata.name=shop                | false",
        "metadata.name!=shop               | true",
        "involvedObject.kind=Pod,metadata.name=shop-0 | true",
        "involvedObject.kind=Pod,involvedObject.uid=7 | false"
      })
  void fieldsAreSelectedByTheirPath(String selector, boolean selected) {
    assertThat(Selector.fields(selector).test(object)).isEqualTo(selected);
  }

  @Test
  void nonsenseIsRefused() {
    assertThatThrownBy(() -> Selector.labels("a in b"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("labelSelector: a in b");
    assertThatThrownBy(() -> Selector.fields("metadata.name"))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("fieldSelector: metadata.name");
  }

  private static ObjectNode object() {
    ObjectNode object = Json.object();
    object.putObject("metadata").put("name", "shop-0");
    object.withObject("/metadata/labels").put("app", "kibi").put("role", "master");
    object.putObject("involvedObject").put("kind", "Pod");
    return object;
  }
}
