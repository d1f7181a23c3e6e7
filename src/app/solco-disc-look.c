/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "solco-disc-look.h"

/**
 * solco_disc_look_get_icon:
 * @medium: (nullable): a disc or image file
 *
 * Any thread.
 *
 * Returns: (transfer none): the name of its symbolic icon
 */
const char *
solco_disc_look_get_icon (const SolcoMedium *medium)
{
  if (medium == NULL || medium->state == SOLCO_MEDIUM_NONE)
    return "drive-optical-symbolic";
  if (medium->is_image_file)
    return "drive-harddisk-symbolic";
  switch (solco_profile_get_family (medium->profile))
    {
    case SOLCO_FAMILY_CD:
      return "media-optical-cd-symbolic";
    case SOLCO_FAMILY_DVD:
      return "media-optical-dvd-symbolic";
    case SOLCO_FAMILY_BD:
      return "media-optical-bd-symbolic";
    case SOLCO_FAMILY_FILE:
    case SOLCO_FAMILY_NONE:
    default:
      return "media-optical-symbolic";
    }
}
