// Names are made of what does not change from one deployment to the next, so that the second finds what the first made.

@export()
@description('What makes names of this deployment unlike those of all others.')
func hashOf(resourceGroupId string, name string) string => uniqueString(resourceGroupId, name)

@export()
@description('Name of the function app.')
func appNameOf(resourceGroupId string, name string) string => 'intermission-${hashOf(resourceGroupId, name)}'
